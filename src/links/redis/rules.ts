import { MOST_ATTEMPTS, REOPEN_MS, TOMBSTONE_MS } from '../link.ts';

/**
 * The rules of link.ts once more, in Lua, in front of every script: Redis runs a script from beginning to end before
 * anything else, and on its own clock, read once. What is over is over by that clock; the expiry of a key only clears
 * it away.
 *
 * Below the root, `link:<id>` is a link's hash, `digest:<digest>` its id, `user:<id>` the ids of a user's links, newest
 * first, `repeat:<key>` an answer to be given again, `hits:<name>` a count.
 *
 * Whoever can write to Redis can write anything there: what cannot be a link is reported as altered, and is no error.
 */
export const RULES = `
local root = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function linkKey(id) return root .. ':link:' .. id end
local function digestKey(digest) return root .. ':digest:' .. digest end
local function userKey(user) return root .. ':user:' .. user end

local function endOf(link) return (link.opened or link.expires) + ${TOMBSTONE_MS} end

local STATES = { issued = true, claimed = true, opened = true, revoked = true, exhausted = true }

-- A whole number below 10^15, or nil.
local function whole(text)
  return text and #text <= 15 and string.match(text, '^%d+$') and tonumber(text)
end

local function isRight(link)
  return link.digest and link.user and link.terms and link.issued and link.expires
    and STATES[link.state] and link.fence and link.lease and link.attempts
    and (link.state == 'opened') == (link.opened ~= false)
end

-- Why a link that is in Redis is unknown all the same.
local reason = false

local function read(id)
  local row = redis.pcall('HMGET', linkKey(id), 'digest', 'user', 'terms', 'issued', 'expires',
    'state', 'fence', 'lease', 'attempts', 'opened', 'session', 'opener', 'replaced')
  if not row.err and not row[1] then return nil end
  local link = {
    id = id, digest = row[1], user = row[2], terms = row[3], issued = whole(row[4]), expires = whole(row[5]),
    state = row[6], fence = whole(row[7]), lease = whole(row[8]), attempts = whole(row[9]),
    opened = row[10] and whole(row[10]) or false, session = row[11],
    opener = row[12], replaced = row[13]
  }
  if not isRight(link) then
    reason = 'altered'
    return nil
  end
  if now >= endOf(link) then return nil end
  return link
end

-- The answer in place of a link.
local function unknown() return reason end

local function save(link, ...)
  redis.call('HSET', linkKey(link.id),
    'state', link.state, 'fence', link.fence, 'lease', link.lease, 'attempts', link.attempts, ...)
end

-- Keeps a key that is there until then, or longer.
local function keep(key, instant)
  if now + redis.call('PTTL', key) < instant then redis.call('PEXPIREAT', key, instant) end
end

local function answer(link, isDone)
  return {
    isDone and 1 or 0, now, link.id, link.terms, link.issued, link.expires,
    link.state, link.fence, link.lease, link.attempts, link.opened, link.session, link.opener, link.replaced,
    link.digest
  }
end

local function markReplaced(link)
  link.replaced = '1'
  redis.call('HSET', linkKey(link.id), 'replaced', link.replaced)
end

local function afterAttempt(link, attempt)
  if link.state == 'opened' then
    link.lease = 0
    if attempt == 'counted' then markReplaced(link) end
    return
  end
  if attempt == 'counted' then link.attempts = link.attempts + 1 end
  link.state = link.attempts >= ${MOST_ATTEMPTS} and 'exhausted' or 'issued'
  link.lease = 0
end

-- To open it, or to replace the session of an opened one.
local function isClaimed(link)
  return link.state == 'claimed' or (link.state == 'opened' and link.lease > 0)
end

local function settle(link)
  if isClaimed(link) and now >= link.lease then afterAttempt(link, 'counted') end
end

local function mayReopen(link, opener)
  return link.state == 'opened' and link.opener == opener and link.session
    and now < link.opened + ${REOPEN_MS}
end

-- Of a link that is settled.
local function stateOf(link)
  if link.state ~= 'issued' then return link.state end
  if link.attempts >= ${MOST_ATTEMPTS} then return 'exhausted' end
  return now >= link.expires and 'expired' or 'issued'
end

-- Of a link that is settled: no claim of it has run out.
local function holds(link, fence)
  return isClaimed(link) and link.fence == tonumber(fence)
end
`;
