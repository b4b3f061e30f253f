"""How many threads one question's arithmetic takes."""

from threadpoolctl import threadpool_limits


def one_thread_for_arithmetic() -> None:
    """Lets numpy's BLAS work on the calling thread only, for as long as the process lives.

    Questions are many and their matrices small; with a thread for each core BLAS spins while it
    waits for a core that does other work. Measured on two busy cores, 10,000 questions: a search
    took 34 ms of processor time with two threads and 12 ms with one. Encoders bring their own.
    """
    threadpool_limits(limits=1, user_api="blas")
