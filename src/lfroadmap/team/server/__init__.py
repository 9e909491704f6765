"""A server of rooms: tokens, updates that are acknowledged once they are durable, presence.

Everything runs on one event loop. What is in a room is checked by the document that roadmaps are stored in,
and no room knows of another.

The modules by floor; each imports only modules of the rows before its own:

    events  outbox  rate_limit  server_files  tls
    room_log  tokens
    room
    rooms
    connection
    service
"""
