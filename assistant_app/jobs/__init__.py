"""What runs by the clock. scheduler.py is the only door to APScheduler; each job is a module with one function.

May import agent, services and below; is imported by the composition root alone.
"""
