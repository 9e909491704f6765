"""Several people at once: the wire format of Hocuspocus, a server that keeps rooms, and a client of them.

A room is a Yjs document that several people edit. The client talks to a roadmap's writer by requests, as one
more window would. websockets is an extra, and imported where it is used.

The modules by floor; each imports only modules of the rows before its own:

    backoff  limits  quiet_log  room_address  status  wire
    awareness  secrets  store_port
    presence  server/
    connecting
    session
    client  joining
"""
