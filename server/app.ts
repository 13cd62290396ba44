import type { IncomingMessage, RequestListener } from 'node:http';
import type { Control } from './control/control.ts';
import { AGENT_PATH, agentRoute } from './http/agent-route.ts';
import type { EmulatorFacts } from './http/control-routes.ts';
import { CONTROL_PATH, controlRoutes } from './http/control-routes.ts';
import { DOOR_PATH, doorRoute, loginRoute, logoutRoute } from './http/door-route.ts';
import { readForwarded } from './http/forwarded.ts';
import { logBug } from './http/log-lines.ts';
import { isNotEmulated, notEmulatedRoute } from './http/not-emulated.ts';
import { pleskPath } from './http/plesk-path.ts';
import { pathOf } from './http/request.ts';

/**
 * Everything that the emulator answers over HTTP, as one listener; it opens no port and starts no timer. The doors that
 * integrations live on are answered before Express is asked, which would cost them more than all else; Express is
 * loaded with the first page, since it takes longer to load than all else together.
 */
export function createApp(control: Control, facts: EmulatorFacts): RequestListener {
  const { panel } = control;
  const doors = new Map<string, RequestListener>([
    [AGENT_PATH, agentRoute(control)],
    [DOOR_PATH, doorRoute(control)],
    ['/login_up.php', loginRoute(control)],
    ['/login_up.php3', loginRoute(control)],
    ['/logout.php', logoutRoute(control)],
  ]);
  const own = controlRoutes(control, facts);
  let pages: RequestListener = (request, response) => {
    import('./http/panel-app.ts')
      .then(({ panelApp }) => {
        pages = panelApp(control);
        pages(request, response);
      })
      .catch((error: unknown) => {
        logBug(panel, error, response);
      });
  };

  const notEmulated = notEmulatedRoute(control);
  /** What answers at a path as nginx reads it; the request goes on with that path. */
  const pleskListener = (request: IncomingMessage, sent: string): RequestListener => {
    const path = pleskPath(sent);
    if (path !== sent) request.url = path + (request.url ?? '').slice(sent.length);
    return doors.get(path) ?? (isNotEmulated(request, panel) ? notEmulated : pages);
  };

  return (request, response) => {
    // A request to a proxy names the whole URL; it is the same request.
    if (request.url?.startsWith('/') === false) request.url = request.url.replace(WHOLE_URL, '/');
    const { trustedProxies } = panel.settings;
    if (trustedProxies.length > 0) readForwarded(request, trustedProxies);
    const path = pathOf(request);
    const isOwn = path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`);
    try {
      (doors.get(path) ?? (isOwn ? own : pleskListener(request, path)))(request, response);
    } catch (error) {
      logBug(panel, error, response);
    }
  };
}

const WHOLE_URL = /^https?:\/\/[^/?#]*\/?/i;
