"""What a client library saw, step by step, in a form that two runs can be compared in.

Each step is a value or the name of the error. The names that a run made up for itself are masked, and so are the fields
that two runs of the same steps cannot have in common: addresses, ids, times.
"""

from concurrent.futures import ThreadPoolExecutor


class Observations:
    def __init__(self, mask, name_of_error, volatile=()):
        self.mask, self.name_of_error, self.volatile, self.seen = mask, name_of_error, set(volatile), {}

    def outcome(self, work):
        try:
            return work()
        except Exception as error:
            return {"error": self.name_of_error(error)}

    def see(self, step, work):
        """Runs `work`, and keeps what it answered. Goes on after a failure, which is an observation too."""
        self.keep(step, self.outcome(work))

    def see_at_once(self, steps):
        """Sees steps that do not depend on each other side by side: most of their time they wait."""
        for step, value in zip(steps, self.at_once(self.outcome, steps.values())):
            self.keep(step, value)

    @staticmethod
    def at_once(work, items):
        with ThreadPoolExecutor(len(items)) as pool:
            return list(pool.map(work, items))

    async def see_later(self, step, work):
        try:
            self.keep(step, await work())
        except Exception as error:
            self.keep(step, {"error": self.name_of_error(error)})

    def keep(self, step, value):
        step = step.replace(self.mask, "~")
        assert step not in self.seen, step
        self.seen[step] = self.masked(value)

    def masked(self, value):
        if hasattr(value, "_asdict") and type(value).__name__ != "TopicPartition":
            value = value._asdict()
        if isinstance(value, dict):
            return {
                self.masked(str(name)): "volatile" if name in self.volatile else self.masked(one)
                for name, one in sorted(value.items(), key=str)
            }
        if isinstance(value, (list, tuple)):
            return [self.masked(one) for one in value]
        if isinstance(value, (set, frozenset)):
            return sorted((self.masked(one) for one in value), key=str)
        if isinstance(value, bytes):
            value = value.decode(errors="replace")
        if value is None or isinstance(value, (bool, int)):
            return value
        return str(value).replace(self.mask, "~")
