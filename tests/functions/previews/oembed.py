"""What six providers answer to oEmbed: the shapes as recorded from each, the contents our own."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

EVIL = "<script>alert(1)</script>"


class Provided(NamedTuple):
    url: str  # of what a member links to
    endpoint: str
    said: dict[str, Any]
    embed: str
    description: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).hostname or ""


def _frame(address: str) -> str:
    return (
        f'<iframe width="100%" height="400" frameborder="0" allowfullscreen src="{address}"></iframe>{EVIL}'
    )


PROVIDERS = {
    "YouTube": Provided(
        "https://www.youtube.com/watch?v=rOaSt3dS10w",
        "https://www.youtube.com/oembed",
        {
            "title": "How to clean a drum roaster in four minutes",
            "author_name": "Torra Lenta",
            "author_url": "https://www.youtube.com/@torralenta",
            "type": "video",
            "height": 113,
            "width": 200,
            "version": "1.0",
            "provider_name": "YouTube",
            "provider_url": "https://www.youtube.com/",
            "thumbnail_height": 360,
            "thumbnail_width": 480,
            "thumbnail_url": "https://i.ytimg.com/vi/rOaSt3dS10w/hqdefault.jpg",
            "html": _frame("https://www.youtube.com/embed/rOaSt3dS10w?feature=oembed"),
        },
        "https://www.youtube-nocookie.com/embed/rOaSt3dS10w",
    ),
    "Vimeo": Provided(
        "https://vimeo.com/310845370",
        "https://vimeo.com/api/oembed.json",
        {
            "type": "video",
            "version": "1.0",
            "provider_name": "Vimeo",
            "provider_url": "https://vimeo.com/",
            "title": "Vozes do Rio",
            "author_name": "Ben Achterberg",
            "author_url": "https://vimeo.com/achterberg",
            "is_plus": "0",
            "account_type": "basic",
            "html": _frame("https://player.vimeo.com/video/310845370?app_id=122963"),
            "width": 426,
            "height": 240,
            "duration": 213,
            "description": "A museum with its eyes shut.\n\nDon't worry.",
            "thumbnail_url": "https://i.vimeocdn.com/video/754003-d_295x166",
            "thumbnail_width": 295,
            "thumbnail_height": 166,
            "upload_date": "2019-01-11 09:12:05",
            "video_id": 310845370,
            "uri": "/videos/310845370",
        },
        "https://player.vimeo.com/video/310845370",
        "A museum with its eyes shut. Don't worry.",
    ),
    "Spotify": Provided(
        "https://open.spotify.com/episode/7s66wU1XJ2NsUuWM2NKiUV",
        "https://open.spotify.com/oembed",
        {
            "html": _frame("https://open.spotify.com/embed/episode/7s66wU1XJ2NsUuWM2NKiUV?utm_source=oembed"),
            "iframe_url": "https://open.spotify.com/embed/episode/7s66wU1XJ2NsUuWM2NKiUV?utm_source=oembed",
            "width": 456,
            "height": 352,
            "version": "1.0",
            "provider_name": "Spotify",
            "provider_url": "https://spotify.com",
            "type": "rich",
            "title": "An hour on having three jobs and one calendar",
            "thumbnail_url": "https://i.scdn.co/image/ab67616d00001e02",
            "thumbnail_width": 300,
            "thumbnail_height": 300,
        },
        "https://open.spotify.com/embed/episode/7s66wU1XJ2NsUuWM2NKiUV",
    ),
    "SoundCloud": Provided(
        "https://soundcloud.com/torralenta/beans-cooling",
        "https://soundcloud.com/oembed",
        {
            "version": 1.0,
            "type": "rich",
            "provider_name": "SoundCloud",
            "provider_url": "https://soundcloud.com",
            "height": 400,
            "width": "100%",
            "title": "Beans, cooling by Torra Lenta",
            "description": f'From the album,&nbsp;see <a href="https://example.org/">the roastery</a>{EVIL}',
            "thumbnail_url": "https://i1.sndcdn.com/artworks-000067273316-smsiqx-t500x500.jpg",
            "html": _frame(
                "https://w.soundcloud.com/player/?visual=true&url=https%3A%2F%2Fapi.soundcloud.com"
            ),
            "author_name": "Torra Lenta",
            "author_url": "https://soundcloud.com/torralenta",
        },
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Ftorralenta%2Fbeans-cooling",
        "From the album, see the roastery",
    ),
    "SlideShare": Provided(
        "https://www.slideshare.net/ana/small-data-with-dignity",
        "https://www.slideshare.net/api/oembed/2",
        {
            "author_name": "Ana",
            "author_url": "https://www.slideshare.net/ana",
            "conversion_version": 2,
            "height": 355,
            "html": _frame("https://www.slideshare.net/slideshow/embed_code/key/28iL36exB50UkP"),
            "provider_name": "SlideShare",
            "provider_url": "https://www.slideshare.net/",
            "slide_image_baseurl": "//image.slidesharecdn.com/smalldata-181007112714/95/slide-",
            "slide_image_baseurl_suffix": "-1024.jpg",
            "slideshow_id": 118556992,
            "thumbnail": "//cdn.slidesharecdn.com/ss_thumbnails/smalldata-181007112714-thumbnail.jpg",
            "thumbnail_height": 128,
            "thumbnail_url": "https://cdn.slidesharecdn.com/ss_thumbnails/smalldata-thumbnail.jpg?cb=1538911762",
            "thumbnail_width": 170,
            "title": "Small data, with dignity",
            "total_slides": 52,
            "type": "rich",
            "version": "1.0",
            "version_no": "1538911762",
            "width": 425,
        },
        "https://www.slideshare.net/slideshow/embed_code/key/28iL36exB50UkP",
    ),
    "CodePen": Provided(
        "https://codepen.io/ana/pen/JoRazP",
        "https://codepen.io/api/oembed",
        {
            "success": True,
            "type": "rich",
            "version": "1.0",
            "provider_name": "CodePen",
            "provider_url": "https://codepen.io",
            "title": "Roast curves",
            "author_name": "Ana",
            "author_url": "https://codepen.io/ana/",
            "height": "300",
            "width": "800",
            "thumbnail_width": "384",
            "thumbnail_height": "225",
            "thumbnail_url": "https://screenshot.codepen.io/99102.JoRazP.small.png",
            "html": _frame(
                "https://codepen.io/ana/embed/preview/JoRazP?height=300&amp;host=https://codepen.io"
            ),
        },
        "https://codepen.io/ana/embed/JoRazP",
    ),
}
