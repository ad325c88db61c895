"""What Slack was heard to send, and trials of the whole way by hand."""

from .actions import begin_trial, hear, opened, press, refused, submit
from .reads import heard, trial
from .tables import Heard, Trial

__all__ = ["Heard", "Trial", "begin_trial", "hear", "heard", "opened", "press", "refused", "submit", "trial"]
