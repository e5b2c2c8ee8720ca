"""Archives as the tests make them."""

import io
import zipfile
from pathlib import Path

POSITIONS = """Company Name,Title,Description,Location,Started On,Finished On
Hooli,Engineer,Made the box smaller.,Lisboa,Mar 2019,Dec 2021
Pied Piper,Senior Engineer,Made it smaller still.,,Jan 2022,
"""
PROJECTS = """Title,Description,Url,Started On,Finished On
Nucleus,A box.,https://github.com/hooli/nucleus,2018,2019
Somewhere,No date.,,,
"""


def zipped(**files: str | bytes) -> bytes:
    """`Positions_csv`: a file of that name, with its last underscore for a dot."""
    return archive({".".join(name.rsplit("_", 1)): content for name, content in files.items()})


def archive(files: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return made.getvalue()


def folder(path: Path) -> bytes:
    """All that lies in it."""
    found = sorted(each for each in path.rglob("*") if each.is_file())
    return archive({each.relative_to(path).as_posix(): each.read_bytes() for each in found})


def story(
    title: str = "On chairs", *, post: str = "abc123def456", tags: tuple[str, ...] = ("Chairs",)
) -> str:
    """A page of Medium's export."""
    tagged = "".join(f'<a class="p-tag" href="https://medium.com/tag/x">{tag}</a>' for tag in tags)
    return f"""<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry">
      <header><h1 class="p-name">{title}</h1></header>
      <section data-field="subtitle" class="p-summary">A subtitle</section>
      <section data-field="body" class="e-content"><section><div class="section-divider"><hr></div>
        <h3 class="graf graf--title">{title}</h3><h4 class="graf graf--subtitle">A subtitle</h4>
        <figure><img src="https://cdn-images-1.medium.com/x.jpeg"><figcaption>A picture</figcaption></figure>
        <p>Sit <em>down</em>, and <a href="https://example.org/read">read</a>.</p><ul><li>One leg</li></ul>
        <img src="https://medium.com/_/stat?event=post.clientViewed" width="1" height="1">
      </section></section>
      <footer><p>{tagged}</p><p>By <a href="https://medium.com/@ana" class="p-author h-card">Ana</a> on
        <a href="https://medium.com/p/{post}"><time class="dt-published"
          datetime="2018-08-11T11:23:34.123Z">August 11, 2018</time></a>.</p>
        <p><a href="https://medium.com/@ana/on-chairs-{post}?source=rss" class="p-canonical">Canonical</a></p>
      </footer></article></body></html>"""
