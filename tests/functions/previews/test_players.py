import pytest

from previews import players

FRAMES = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://m.youtube.com/watch?t=3&v=dQw4w9WgXcQ&x=y": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ?t=3": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://vimeo.com/1084537": "https://player.vimeo.com/video/1084537",
    "https://vimeo.com/1084537/ab12cd34ef": "https://player.vimeo.com/video/1084537?h=ab12cd34ef",
    "https://vimeo.com/channels/staffpicks/1084537": "https://player.vimeo.com/video/1084537",
    "https://open.spotify.com/intl-de/episode/4rOoJ6Egrf8K2IrywzwOMk?si=x": (
        "https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk"
    ),
    "https://soundcloud.com/ana/sets/beans": (
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fana%2Fsets%2Fbeans"
    ),
    "https://codepen.io/ana/pen/abcDEF": "https://codepen.io/ana/embed/abcDEF",
}
HOSTS = ("www.youtube-nocookie.com", "player.vimeo.com", "open.spotify.com", "w.soundcloud.com", "codepen.io")


@pytest.mark.parametrize("url", FRAMES)
def test_players_have_addresses_of_our_making(url: str) -> None:
    player = players.of(url)

    assert player
    assert player.embed(url, "<iframe src='https://evil.example'>") == FRAMES[url]
    assert FRAMES[url].split("/")[2] in HOSTS


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQtoolong",
        "https://www.youtube.com/watch#v=dQw4w9WgXcQ",
        'https://www.youtube.com/watch?v="><script>a',
        "https://vimeo.com/about",
        "https://vimeo.com/12/../../evil",
        "https://open.spotify.com/user/ana",
        "https://soundcloud.com/ana",
        "https://codepen.io/ana",
        "https://codepen.io/ana/pen/a?b=/../..",
    ],
)
def test_other_addresses_have_no_player(url: str) -> None:
    assert players.of(url) is None


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<iframe src="https://evil.example/slideshow/embed_code/key/kjsh2Xa7PqLm">',
        '<iframe src="https://www.slideshare.net.evil.example/slideshow/embed_code/key/kjsh2Xa7PqLm">',
        '<iframe src="https://www.slideshare.net/slideshow/embed_code/key/kjsh2Xa7PqLm/../../x">',
        '<iframe src="http://www.slideshare.net/slideshow/embed_code/key/kjsh2Xa7PqLm">',
    ],
)
def test_a_frame_that_is_not_slideshare_s_is_none(html: str) -> None:
    url = "https://www.slideshare.net/ana/roasting-101"
    player = players.of(url)

    assert player
    assert player.embed(url, html) is None
