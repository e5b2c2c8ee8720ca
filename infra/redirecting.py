"""What the edge does for members' own domains: two functions of CloudFront, in JavaScript."""

import json

# Whose cache it is: the function says it over whatever the viewer does, and all that is kept is kept by it.
CACHED_BY = "x-own-domain"

# As the local edge says it (infra/local/edge.py). On AWS the tenant's parameter is in the origin's path.
PROFILE = "x-tenant-profile"

_OWN_DOMAIN = """\
var SITE = %(site)s, LOCAL = %(local)s;
var OURS =
  /^[/](@|%%40|(app|docs|h|o|opportunities|space-station|oembed|unsubscribe|v1|[.]well-known)([/]|$))/i;

function handler(event) {
  var request = event.request, headers = request.headers, path = request.uri;
  if (OURS.test(path))
    return {statusCode: 302, headers: {location: {value: SITE + path + query(request.querystring)}}};
  var year = one(request, 'year'), badge = one(request, 'badge');
  if (path === '/' && /^[a-z0-9-]+$/.test(badge)) path += badge;
  if (/^[/]([a-z0-9-]+)?$/.test(path) && /^[0-9]{4}$/.test(year)) path += (path === '/' ? '' : '/') + year;
  if (!path.split('/').pop().includes('.')) path += (path.endsWith('/') ? '' : '/') + 'index.html';
  headers['%(cached_by)s'] = {value: headers[LOCAL ? 'x-viewer-host' : 'host'].value.toLowerCase()};
  if (LOCAL) path = '/pages/@' + headers['%(profile)s'].value + path;
  request.uri = path;
  return request;
}

function one(request, name) {
  return (request.querystring[name] || {value: ''}).value;
}

function query(asked) {
  var pairs = Object.keys(asked).map((name) => asked[name].value ? name + '=' + asked[name].value : name);
  return pairs.length ? '?' + pairs.join('&') : '';
}
"""

# A profile's page says where it has moved to, for as long as its member's own domain is live.
MOVED = """\
function handler(event) {
  var response = event.response, moved = response.headers['x-amz-meta-moved'];
  if (!moved) return response;
  var kept = {location: moved, 'cache-control': response.headers['cache-control'] || {value: 'no-cache'}};
  return {statusCode: 301, statusDescription: 'Moved Permanently', headers: kept};
}
"""


def own_domain(site: str, *, local: bool) -> str:
    """What stands at a domain is its profile; whatever else a page links to is ours, and stands with us."""
    said = {"site": json.dumps(site), "local": json.dumps(local), "cached_by": CACHED_BY, "profile": PROFILE}
    return _OWN_DOMAIN % said
