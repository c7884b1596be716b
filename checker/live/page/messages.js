/** What the server says; `checker/live/seen.py` and `overview.py` write it. */
export {};
