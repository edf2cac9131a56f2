"""The main window: its parts made and connected, its menus, what can be done now."""
