"""The commands of `storyboard`, one file each.

Every module has ``add``, which describes the command's arguments, and ``run``, which does the work.
What is slow to import is imported in ``run``, so that `storyboard --help` answers at once.
"""
