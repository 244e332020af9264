"""People read their inboxes, or do not; the office brings on paper what has no reader."""

from __future__ import annotations

from tests.simulation.acting import Play

READERS = {"health": 0.8, "health-leader": 0.3, "street": 0.5, "street-leader": 0.1, "street2": 0.6, "science": 0.05}


class Readers:
    """Each unit's people with their own habit of reading."""

    def __init__(self, play: Play) -> None:
        self._play = play

    async def day(self) -> None:
        play = self._play
        for login, habit in READERS.items():
            if play.chance(habit * 0.4):
                inbox = await play.town.get(login, "/api/messages", unread=True, limit=20)
                for message in inbox["items"]:
                    url = f"/api/messages/{message['id']}/read"
                    answer = await play.town.ask(login, "POST", url)
                    assert answer.status_code == 204, answer.text
