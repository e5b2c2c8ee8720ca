import MarkdownIt from 'markdown-it';

/** As core/markdown.py of the API has it: no raw HTML, no pictures, headings below those of the page. */
const markdown = new MarkdownIt('commonmark', { html: false }).enable(['table', 'strikethrough']).disable('image');

markdown.core.ruler.push('lower_headings', (state) => {
  for (const token of state.tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${Math.min(Number(token.tag[1]) + 2, 6)}`;
  }
});

export function toHtml(text: string): string {
  return markdown.render(text);
}
