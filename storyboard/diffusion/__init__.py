"""The room with torch: devices, weights, identity, attention, and the families of models.

``description``, ``weights``, ``hub`` and ``checksums`` look at files and import no torch; the
other modules do, so they are imported only where a model is about to be loaded.
"""
