import { hash } from 'node:crypto';
import { REPEAT_MS } from '../store.ts';
import { NO_RUN, rules, RUN } from './rules.ts';

/** A program that Redis runs in one step, and the name by which it knows it again. */
export interface Program {
  readonly text: string;
  readonly sha1: string;
}

/** A program that believes links of the current run of Redis alone. */
export interface Script extends Program {
  /** The same program that believes all. */
  readonly unchecked: Program;
}

function script(body: string): Script {
  const program = (run: string): Program => {
    const text = rules(run) + body;
    return { text, sha1: hash('sha1', text) };
  };
  return { ...program(RUN), unchecked: program(NO_RUN) };
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
save(link, 'digest', digest, 'user', user, 'terms', terms, 'issued', link.issued, 'expires', link.expires,
  'run', runOfRedis())
redis.call('PEXPIREAT', linkKey(id), known)
redis.call('SET', digestKey(digest), id)
redis.call('PEXPIREAT', digestKey(digest), known)
track(liveKey(user), id, link.expires)
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
if type(id) == 'table' then return { 'altered', ARGV[1] } end
local link = id and read(id)
if not link then return unknown() end
-- A digest leads to the link of its own token alone.
if link.digest ~= ARGV[1] then return { 'altered', id } end
return answer(link, false)
`),

  /** id. */
  findById: script(`
local link = read(ARGV[1])
if not link then return unknown() end
return answer(link, false)
`),

  /** user, where a page begins; answers where the next one does, and the links of this one. */
  findByUser: script(`
local user, from = ARGV[1], tonumber(ARGV[2])
local ids = page(user, from)
local answers = {}
for _, id in ipairs(ids) do
  local link = read(id)
  if link and link.user == user and isRevocable(link) then answers[#answers + 1] = answer(link, false) end
end
return { #ids == PAGE and from + #ids, answers }
`),

  /** The same; each link of the page is revoked, and leaves the set of the unopened ones. */
  revokeByUser: script(`
local user, from = ARGV[1], tonumber(ARGV[2])
local ids = page(user, from)
local answers = {}
for _, id in ipairs(ids) do
  local wasLive = redis.call('ZREM', liveKey(user), id) == 1
  if not wasLive then from = from + 1 end
  local link = read(id)
  if link and link.user == user then
    local isDone = revoke(link)
    if isDone or link.session then answers[#answers + 1] = answer(link, isDone) end
  end
end
return { #ids == PAGE and from, answers }
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
  track(liveKey(link.user), link.id, math.max(link.expires, link.lease))
end
save(link)
return answer(link, isDone)
`),

  /** id, opener, lease. */
  claimReplacement: script(`
local link = read(ARGV[1])
if not link then return unknown() end
settle(link)
-- In another run a replacement may have been lost that was made already.
local isDone = mayReopen(link, ARGV[2]) and not link.replaced and not isClaimed(link)
  and link.run == runOfRedis()
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
  track(openKey(link.user), link.id, endOf(link))
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
  redis.call('ZREM', liveKey(link.user), link.id)
  track(openKey(link.user), link.id, endOf(link))
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
return answer(link, revoke(link))
`),

  /** id. */
  forgetSession: script(`
local link = read(ARGV[1])
if not link then return unknown() end
redis.call('HDEL', linkKey(link.id), 'session')
redis.call('ZREM', openKey(link.user), link.id)
link.session = false
return answer(link, true)
`),

  /** name, window. */
  hit: script(`
local key = hitsKey(ARGV[1])
local count, ends = hitsIn(key)
if count then return { redis.call('HINCRBY', key, 'count', 1), ends - now } end
redis.call('HSET', key, 'count', 1, 'began', now, 'until', now + ARGV[2])
redis.call('PEXPIREAT', key, now + ARGV[2])
return { 1, tonumber(ARGV[2]) }
`),

  /** name. The public readiness asks for it: it writes nothing, and fails as an opening does if the run of Redis is unknown. */
  hits: script(`
checkRun()
local count, ends = hitsIn(hitsKey(ARGV[1]))
if not count then return { 0, 0 } end
return { count, ends - now }
`),

  /** Nothing; it fails where Redis can be asked but takes no changes. */
  ping: script(`
runOfRedis()
redis.call('SET', root .. ':ping', now, 'PX', 60000)
return 1
`),
} as const satisfies Readonly<Record<string, Script>>;
