import { MOST_ATTEMPTS, TOMBSTONE_MS } from '../link.ts';

/**
 * The rules of link.ts once more, in Lua, in front of every script: Redis runs a script from beginning to end before
 * anything else, and on its own clock, read once. What is over is over by that clock; the expiry of a key only clears
 * it away.
 *
 * `{root}:link:<id>` is a link's hash, `{root}:digest:<digest>` its id, `{root}:user:<id>` the ids of a user's links,
 * newest first, `{root}:repeat:<key>` an answer to be given again, `{root}:hits:<name>` a count.
 */
export const RULES = `
local root = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function linkKey(id) return root .. ':link:' .. id end
local function digestKey(digest) return root .. ':digest:' .. digest end
local function userKey(user) return root .. ':user:' .. user end

local function endOf(link) return (link.opened or link.expires) + ${TOMBSTONE_MS} end

local function read(id)
  local row = redis.call('HMGET', linkKey(id), 'digest', 'user', 'terms', 'issued', 'expires',
    'state', 'fence', 'lease', 'attempts', 'opened', 'session')
  if not row[1] then return nil end
  local link = {
    id = id, digest = row[1], user = row[2], terms = row[3],
    issued = tonumber(row[4]), expires = tonumber(row[5]),
    state = row[6], fence = tonumber(row[7]), lease = tonumber(row[8]), attempts = tonumber(row[9]),
    opened = row[10] and tonumber(row[10]), session = row[11]
  }
  if now >= endOf(link) then return nil end
  return link
end

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
    link.state, link.fence, link.lease, link.attempts, link.opened, link.session
  }
end

local function afterAttempt(link, attempt)
  if attempt == 'counted' then link.attempts = link.attempts + 1 end
  link.state = link.attempts >= ${MOST_ATTEMPTS} and 'exhausted' or 'issued'
  link.lease = 0
end

local function settle(link)
  if link.state == 'claimed' and now >= link.lease then afterAttempt(link, 'counted') end
end

-- Of a link that is settled.
local function stateOf(link)
  if link.state ~= 'issued' then return link.state end
  if link.attempts >= ${MOST_ATTEMPTS} then return 'exhausted' end
  return now >= link.expires and 'expired' or 'issued'
end

-- Of a link that is settled: no claim of it has run out.
local function holds(link, fence)
  return link.state == 'claimed' and link.fence == tonumber(fence)
end
`;
