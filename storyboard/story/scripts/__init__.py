"""Film scripts: Fountain and Final Draft."""
