"""Rendering on several machines over Dask.distributed, imported only where it is wanted."""
