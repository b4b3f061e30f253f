"""What every table of the configuration has in common."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A table of the file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
