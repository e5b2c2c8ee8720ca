"""What the edge makes of a request before it asks anybody: two functions of CloudFront, in JavaScript."""

from core.network import ADDRESS_HEADER

# A page's address has no extension, its object has: /docs is docs/index.html. The client's pages are one.
# What is rendered stands under pages/. Three addresses ask by their query for what has an address of its own
# there: a year or badge of a profile (as links without scripts say it), WebFinger (RFC 7033), and oEmbed.
FIND_OBJECT = """\
function handler(event) {
  var request = event.request;
  var path = request.uri.replace(/^[/]%40/, '/@');
  if (path === '/v1/openapi.json') path = '/openapi.json';
  else if (!/^[/](app|docs|site|unsubscribe)([/]|$)/.test(path)) path = '/pages' + rendered(path, request);
  var isPage = !path.split('/').pop().includes('.');
  if (isPage && /^[/]app([/]|$)/.test(path)) path = '/app/index.html';
  else if (isPage) path += (path.endsWith('/') ? '' : '/') + 'index.html';
  request.uri = path;
  return request;
}

function rendered(path, request) {
  var hosts = ['host', 'x-viewer-host'].map((name) => (request.headers[name] || {}).value);
  var year = asked(request, 'year'), badge = asked(request, 'badge'), found;
  if (path === '/.well-known/webfinger') {
    found = asked(request, 'resource')
      .match(/^(?:acct:@?([\\w-]+)@|https?:[/][/])([^/]+)(?:[/]@([\\w-]+))?$/);
    return found && hosts.includes(found[2]) ? '/@' + (found[1] || found[3]) + '/webfinger.json' : path;
  }
  if (path === '/oembed') {
    found = asked(request, 'url').match(/^https?:[/][/]([^/]+)([/](@[\\w-]+|h[/]\\w+))[/]?$/);
    return found && hosts.includes(found[1]) ? found[2] + '/oembed.json' : path;
  }
  if (!/^[/]@[\\w-]+[/]?$/.test(path)) return path;
  path = path.replace(/[/]$/, '');
  if (/^[a-z0-9-]+$/.test(badge)) path += '/' + badge;
  return /^[0-9]{4}$/.test(year) ? path + '/' + year : path;
}

function asked(request, name) {
  try {
    return decodeURIComponent((request.querystring[name] || {value: ''}).value);
  } catch (error) {
    return '';
  }
}
"""

# Whatever the viewer says of it: see core/network.py.
SAY_WHERE_FROM = f"""\
function handler(event) {{
  event.request.headers['{ADDRESS_HEADER}'] = {{value: event.viewer.ip}};
  return event.request;
}}
"""
