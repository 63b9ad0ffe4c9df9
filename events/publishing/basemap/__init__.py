"""Making the offline base map: shapefile lines in, one small file of shared arcs out.

Run by the command ``make_basemap`` only; nothing of this is loaded while the site serves.
The file it writes is described in ``static/basemap/README.md``.
"""
