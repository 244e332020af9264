"""The ground that the stories stand on: a device keeps its storage through a kill, the server its data."""

from __future__ import annotations

from tests.browser.device import Device
from tests.servers.app import AppServer

_STORE = """(value) => new Promise((done, failed) => {
    const opening = indexedDB.open('ground', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
    opening.onsuccess = () => {
        const writing = opening.result.transaction('kept', 'readwrite', { durability: 'strict' })
        if (value !== null) writing.objectStore('kept').put(value, 'it')
        const reading = writing.objectStore('kept').get('it')
        writing.oncomplete = () => done(reading.result)
        writing.onerror = () => failed(writing.error)
    }
})"""


def test_what_a_page_kept_survives_the_kill_of_browser_and_server(server: AppServer, phone: Device) -> None:
    phone.open("/").evaluate(_STORE, "a photo")
    phone.kill()
    server.kill()

    server.start()
    assert phone.open("/").evaluate(_STORE, None) == "a photo"
    assert server.sign_in("inspector").get("/api/session").json()["login"] == "inspector"
