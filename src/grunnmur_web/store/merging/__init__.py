"""Merging of plans: the job that compares them, the rows it leaves, figures of them, and taking decisions back."""
