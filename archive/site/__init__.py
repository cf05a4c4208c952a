"""Pages → HTML in the output folder. MkDocs, Material and Zensical are known here and nowhere else.

`frame` makes one page at a time, `html` is the door to the engines over a work folder, `journal` and `output` change
the published site. The modules are loaded one by one: most builds need few.
"""
