"""Several people at once: the wire format of Hocuspocus, and a server that keeps rooms of updates.

A room is a Yjs document that several people edit; what is in it is opaque to the wire. websockets is an
extra, and imported where it is used.

The modules by floor; each imports only modules of the rows before its own:

    limits  wire
    awareness
    server/
"""
