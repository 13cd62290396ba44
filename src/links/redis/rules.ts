import { MOST_ATTEMPTS, REOPEN_MS, TOMBSTONE_MS } from '../link.ts';

/** How many links of a user one script looks at: Redis does nothing else meanwhile. */
const PAGE = 1000;

/** Clocks that are kept in time go back by less, in milliseconds. */
const CLOCK_STEP_MS = 1000;

/** In the error of a script that may not ask for the run. */
export const NO_RUN_ERROR = 'the user of Redis needs +info, or storeRunCheck has to be off';

/**
 * Names the run of Redis: a process, one time of it as a master, and one course of its clock. A restart changes the
 * first two, a fail-over the second too where a process is the master again, and a clock that is set back the third. It
 * is asked inside of each step, so that it holds whatever the connection leads to by then.
 */
export const RUN = `
local run

local function info(section, name)
  local text = redis.pcall('INFO', section)
  local value = type(text) == 'string' and string.match(text, name .. ':(%w+)')
  return value or error('${NO_RUN_ERROR}: ' .. (text.err or name .. ' is missing in INFO ' .. section))
end

-- The clock of a run only goes forward: each time that it is found set back, another era begins.
local function era()
  local key = root .. ':clock'
  local row = redis.call('HMGET', key, 'latest', 'era')
  local latest, current = whole(row[1]) or now, whole(row[2]) or 0
  if now < latest - ${CLOCK_STEP_MS} then
    latest, current = now, current + 1
  end
  redis.call('HSET', key, 'latest', math.max(now, latest), 'era', current)
  redis.call('PEXPIREAT', key, now + ${TOMBSTONE_MS})
  return current
end

-- Fails if the run cannot be asked; changes nothing.
local function checkRun() info('server', 'run_id') end

local function runOfRedis()
  run = run or info('server', 'run_id') .. ':' .. info('replication', 'master_replid') .. ':' .. era()
  return run
end
`;

/** In place of that where the user of Redis may not run INFO: all runs are one. */
export const NO_RUN = `
local function runOfRedis() return '' end
local function checkRun() end
`;

/**
 * The rules of link.ts once more, in Lua, in front of every script: Redis runs a script from beginning to end before
 * anything else, and on its own clock, read once. What is over is over by that clock; the expiry of a key only clears
 * it away.
 *
 * Below the root, `link:<id>` is a link's hash, `digest:<digest>` its id, `repeat:<key>` an answer to be given again,
 * `hits:<name>` a count, `clock` the latest time that was seen. Of a user, `live:<id>` is the set of the links that were
 * not opened, by their ends, and `open:<id>` that of the opened ones whose session is known, by the ends of their records.
 *
 * Other writers may have left anything in Redis: what cannot be a link is reported as altered, and is no error.
 */
export const rules = (run: string): string => `
local root = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function linkKey(id) return root .. ':link:' .. id end
local function digestKey(digest) return root .. ':digest:' .. digest end
local function liveKey(user) return root .. ':live:' .. user end
local function openKey(user) return root .. ':open:' .. user end
local function hitsKey(name) return root .. ':hits:' .. name end

local function endOf(link) return (link.opened or link.expires) + ${TOMBSTONE_MS} end

-- A whole number below 10^15, or nil.
local function whole(text)
  return text and #text <= 15 and string.match(text, '^%d+$') and tonumber(text)
end

${run}

local STATES = { issued = true, claimed = true, opened = true, revoked = true, exhausted = true }

-- The count of a window and its end; nothing where none runs, or a clock that was set back has yet to reach it.
local function hitsIn(key)
  local row = redis.call('HMGET', key, 'count', 'began', 'until')
  local count, began, ends = whole(row[1]), whole(row[2]), whole(row[3])
  if count and began and ends and now >= began and now < ends then return count, ends end
end

local function isUnopened(link) return link.state == 'issued' or link.state == 'claimed' end

local function isRight(link)
  return link.digest and link.user and link.terms and link.issued and link.expires
    and STATES[link.state] and link.fence and link.lease and link.attempts
    and (link.state == 'opened') == (link.opened ~= false)
end

-- Why a link that is in Redis is unknown all the same: the reason, and the link's id.
local refusal = false

local function read(id)
  local row = redis.pcall('HMGET', linkKey(id), 'digest', 'user', 'terms', 'issued', 'expires',
    'state', 'fence', 'lease', 'attempts', 'run', 'opened', 'session', 'opener', 'replaced')
  if not row.err and not row[1] then return nil end
  local link = {
    id = id, digest = row[1], user = row[2], terms = row[3], issued = whole(row[4]), expires = whole(row[5]),
    state = row[6], fence = whole(row[7]), lease = whole(row[8]), attempts = whole(row[9]), run = row[10],
    opened = row[11] and whole(row[11]) or false, session = row[12],
    opener = row[13], replaced = row[14]
  }
  if not isRight(link) then
    refusal = { 'altered', id }
    return nil
  end
  if now >= endOf(link) then return nil end
  -- What an earlier run has done since may be lost: a link that was opened may be here as one that was not.
  if isUnopened(link) and link.run ~= runOfRedis() then
    refusal = { 'other_run', id }
    return nil
  end
  return link
end

-- The answer in place of a link.
local function unknown() return refusal end

local function save(link, ...)
  redis.call('HSET', linkKey(link.id),
    'state', link.state, 'fence', link.fence, 'lease', link.lease, 'attempts', link.attempts, ...)
end

-- Keeps a key that is there until then, or longer.
local function keep(key, instant)
  if now + redis.call('PTTL', key) < instant then redis.call('PEXPIREAT', key, instant) end
end

-- Adds a link to a set of its user until an instant; what is over leaves the set.
local function track(key, id, instant)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  redis.call('ZADD', key, instant, id)
  keep(key, instant)
end

local PAGE = ${PAGE}

-- Some ids of what can be revoked of a user: first the links that were not opened, the newest first.
local function page(user, from)
  local ids = redis.call('ZREVRANGE', liveKey(user), from, from + PAGE - 1)
  if #ids == PAGE then return ids end
  local start = math.max(0, from - redis.call('ZCARD', liveKey(user)))
  for _, id in ipairs(redis.call('ZREVRANGE', openKey(user), start, start + PAGE - #ids - 1)) do
    ids[#ids + 1] = id
  end
  return ids
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

local function isRevocable(link)
  if link.session then return true end
  if not isUnopened(link) then return false end
  if link.state == 'claimed' and now < link.lease then return true end
  local attempts = link.attempts + (link.state == 'claimed' and 1 or 0)
  return attempts < ${MOST_ATTEMPTS} and now < link.expires
end

-- Ends a link that was not opened, and says whether it did; an opened one is no longer replaced or shown again.
local function revoke(link)
  settle(link)
  local state = stateOf(link)
  local isDone = state == 'issued' or state == 'claimed'
  if isDone then
    link.state = 'revoked'
    link.lease = 0
    redis.call('ZREM', liveKey(link.user), link.id)
  elseif state == 'opened' then
    link.lease = 0
    link.opener = false
    redis.call('HDEL', linkKey(link.id), 'opener')
  end
  save(link)
  return isDone
end
`;
