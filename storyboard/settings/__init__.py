"""Settings from config.py, YAML, environment and command line, with their origins."""
