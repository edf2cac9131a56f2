"""Sweeps over parameters: which sampler, which schedule, how few steps."""
