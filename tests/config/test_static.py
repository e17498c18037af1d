import pytest

PATH = "/static/admin/css/base.css"


@pytest.fixture
def whole(client) -> bytes:
    return client.get(PATH).content


def test_a_file_comes_whole_with_its_type(client, whole):
    response = client.get(PATH)
    assert response.headers["Content-Type"].startswith("text/css")
    assert int(response.headers["Content-Length"]) == len(whole) > 1000
    assert not response.streaming


def test_a_part_can_be_asked_for(client, whole):
    response = client.get(PATH, headers={"range": "bytes=10-19"})
    assert response.status_code == 206
    assert response.content == whole[10:20]


def test_an_unchanged_file_is_not_sent_again(client):
    etag = client.get(PATH).headers["Last-Modified"]
    response = client.get(PATH, headers={"if-modified-since": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_only_the_head_can_be_asked_for(client, whole):
    response = client.head(PATH)
    assert (response.content, int(response.headers["Content-Length"])) == (b"", len(whole))


def test_a_missing_file_is_not_found(client):
    assert client.get("/static/nothing.css").status_code == 404
