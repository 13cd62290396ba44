import { hash } from 'node:crypto';
import { REPEAT_MS } from '../store.ts';
import { RULES } from './rules.ts';

/** A program that Redis runs in one step, and the name by which it knows it again. */
export interface Script {
  readonly text: string;
  readonly sha1: string;
}

function script(body: string): Script {
  const text = RULES + body;
  return { text, sha1: hash('sha1', text) };
}

/** What a store asks of Redis; each takes the root of all keys as its key, and arguments as texts. */
export const SCRIPTS = {
  /** id, digest, user, terms, ttl and, where it may be repeated, key, request, sealed token. */
  issue: script(`
local id, digest, user, terms, ttl, key, request, token = unpack(ARGV)
local repeatKey = key and root .. ':repeat:' .. key
if key then
  local row = redis.call('HMGET', repeatKey, 'request', 'id', 'token', 'until')
  if row[1] and now < (whole(row[4]) or 0) then
    if row[1] ~= request then return { 'conflict' } end
    local link = read(row[2])
    if link then return { 'repeated', answer(link, false), row[3] } end
  end
end
if redis.call('EXISTS', linkKey(id)) == 1 or redis.call('EXISTS', digestKey(digest)) == 1 then
  return { 'taken' }
end
local link = {
  id = id, digest = digest, terms = terms, issued = now, expires = now + ttl,
  state = 'issued', fence = 0, lease = 0, attempts = 0,
  opened = false, session = false, opener = false, replaced = false
}
local known = endOf(link)
save(link, 'digest', digest, 'user', user, 'terms', terms, 'issued', link.issued, 'expires', link.expires)
redis.call('PEXPIREAT', linkKey(id), known)
redis.call('SET', digestKey(digest), id)
redis.call('PEXPIREAT', digestKey(digest), known)
redis.call('LPUSH', userKey(user), id)
keep(userKey(user), known)
for _ = 1, 2 do
  local oldest = redis.call('LINDEX', userKey(user), -1)
  if oldest and redis.call('EXISTS', linkKey(oldest)) == 0 then redis.call('RPOP', userKey(user)) end
end
if key then
  local known = now + ${REPEAT_MS}
  redis.call('HSET', repeatKey, 'request', request, 'id', id, 'token', token, 'until', known)
  redis.call('PEXPIREAT', repeatKey, known)
end
return { 'issued', answer(link, true) }
`),

  /** digest. */
  findByDigest: script(`
local id = redis.pcall('GET', digestKey(ARGV[1]))
if type(id) == 'table' then return 'altered' end
local link = id and read(id)
if not link then return unknown() end
-- A digest leads to the link of its own token alone.
if link.digest ~= ARGV[1] then return 'altered' end
return answer(link, false)
`),

  /** id. */
  findById: script(`
local link = read(ARGV[1])
if not link then return unknown() end
return answer(link, false)
`),

  /** user. */
  findByUser: script(`
local answers = {}
for _, id in ipairs(redis.call('LRANGE', userKey(ARGV[1]), 0, -1)) do
  local link = read(id)
  if link then answers[#answers + 1] = answer(link, false) end
end
return answers
`),

  /** id, lease. */
  claim: script(`
local link = read(ARGV[1])
if not link then return unknown() end
settle(link)
local isDone = stateOf(link) == 'issued'
if isDone then
  link.state = 'claimed'
  link.fence = link.fence + 1
  link.lease = now + ARGV[2]
end
save(link)
return answer(link, isDone)
`),

  /** id, opener, lease. */
  claimReplacement: script(`
local link = read(ARGV[1])
if not link then return unknown() end
settle(link)
local isDone = mayReopen(link, ARGV[2]) and not link.replaced and not isClaimed(link)
if isDone then
  link.fence = link.fence + 1
  link.lease = now + ARGV[3]
end
save(link)
return answer(link, isDone)
`),

  /** id, fence, sealed session and, where that browser may have the answer again, its opener. */
  commit: script(`
local link = read(ARGV[1])
if not link then return unknown() end
settle(link)
local isDone = holds(link, ARGV[2])
if isDone and link.state == 'opened' then
  link.lease = 0
  link.session = ARGV[3]
  markReplaced(link)
  save(link, 'session', link.session)
elseif isDone then
  link.state = 'opened'
  link.lease = 0
  link.opened = now
  link.session = ARGV[3]
  if ARGV[4] then
    link.opener = ARGV[4]
    redis.call('HSET', linkKey(link.id), 'opener', link.opener)
  end
  save(link, 'opened', link.opened, 'session', link.session)
  redis.call('PEXPIREAT', linkKey(link.id), endOf(link))
  keep(digestKey(link.digest), endOf(link))
  keep(userKey(link.user), endOf(link))
else
  save(link)
end
return answer(link, isDone)
`),

  /** id, fence, attempt. */
  release: script(`
local link = read(ARGV[1])
if not link then return unknown() end
settle(link)
local isDone = holds(link, ARGV[2])
if isDone then afterAttempt(link, ARGV[3]) end
save(link)
return answer(link, isDone)
`),

  /** id. */
  revoke: script(`
local link = read(ARGV[1])
if not link then return unknown() end
settle(link)
local state = stateOf(link)
local isDone = state == 'issued' or state == 'claimed'
if isDone then
  link.state = 'revoked'
  link.lease = 0
elseif state == 'opened' then
  link.lease = 0
  link.opener = false
  redis.call('HDEL', linkKey(link.id), 'opener')
end
save(link)
return answer(link, isDone)
`),

  /** id. */
  forgetSession: script(`
local link = read(ARGV[1])
if not link then return unknown() end
redis.call('HDEL', linkKey(link.id), 'session')
link.session = false
return answer(link, true)
`),

  /** name, window. */
  hit: script(`
local key = root .. ':hits:' .. ARGV[1]
local ends = tonumber(redis.call('HGET', key, 'until') or 0)
if now < ends then return { redis.call('HINCRBY', key, 'count', 1), ends - now } end
redis.call('HSET', key, 'count', 1, 'until', now + ARGV[2])
redis.call('PEXPIREAT', key, now + ARGV[2])
return { 1, tonumber(ARGV[2]) }
`),

  /** name. */
  hits: script(`
local row = redis.call('HMGET', root .. ':hits:' .. ARGV[1], 'count', 'until')
if not row[1] or now >= tonumber(row[2]) then return { 0, 0 } end
return { tonumber(row[1]), row[2] - now }
`),

  /** Nothing; it fails where Redis can be asked but takes no changes. */
  ping: script(`
redis.call('SET', root .. ':ping', now, 'PX', 60000)
return 1
`),
} as const satisfies Readonly<Record<string, Script>>;
