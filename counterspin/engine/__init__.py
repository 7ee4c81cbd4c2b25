"""Where the pure functions run: in this process, in worker processes, or on Spark."""
