"""The larger dialogs: export and preferences."""
