"""Find the Docker engine, tell what it is, and talk to it. It knows nothing about lessons."""
