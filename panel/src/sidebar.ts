/** The panel as a sidebar of JupyterLab and Notebook: it follows the notebook in front. */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { ServerConnection } from '@jupyterlab/services';
import { LabIcon } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import { Panel } from './panel.js';
import { scoresOf } from './scores.js';

const ICON = new LabIcon({
  name: 'container-workbook:tick',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">' +
    '<path class="jp-icon3" fill="#616161" d="M9.5 18.5 3.5 12.5l2-2 4 4 9-9 2 2z"/></svg>'
});

const PAUSE = 300;

export class Sidebar extends Widget {
  constructor(private readonly app: JupyterFrontEnd) {
    const panel = new Panel({
      socket: () => address(app),
      ask: (method, path, body) => ask(app, method, path, body),
      open: ({ path }) => void app.commands.execute('docmanager:open', { path }),
      reads: true
    });
    super({ node: panel.node });
    this.panel = panel;
    this.id = 'container-workbook';
    this.title.icon = ICON;
    this.title.caption = 'Workbook';
    this.addClass('cwp-sidebar');
    app.shell.currentChanged?.connect(this.look);
    void app.restored.then(() => {
      this.look();
    });
  }

  override dispose(): void {
    this.panel.close();
    super.dispose();
  }

  /** Follow the document in front; one that is no notebook changes nothing. */
  private readonly look = (): void => {
    const widget = this.app.shell.currentWidget;
    if (!(widget instanceof DocumentWidget)) {
      return;
    }
    const front = widget as DocumentWidget;
    if (!front.context.path.endsWith('.ipynb')) {
      return;
    }
    if (front !== this.front) {
      this.front?.context.model.contentChanged.disconnect(this.changed);
      this.front = front;
      front.context.model.contentChanged.connect(this.changed);
      front.disposed.connect(this.left);
      void front.context.ready.then(() => {
        this.read();
      });
    }
    this.panel.follow(front.context.path);
  };

  private readonly left = (gone: unknown): void => {
    if (gone === this.front) {
      this.front = null;
      this.panel.follow('');
    }
  };

  private readonly changed = (): void => {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.read();
    }, PAUSE);
  };

  private read(): void {
    if (this.front !== null && !this.front.isDisposed) {
      this.panel.score(scoresOf(this.front.context.model.toJSON()));
    }
  }

  private readonly panel: Panel;
  private front: DocumentWidget | null = null;
  private timer = 0;
}

function address(app: JupyterFrontEnd): string {
  const { wsUrl, token, appendToken } = app.serviceManager.serverSettings;
  const key = appendToken && token !== '' ? `?token=${encodeURIComponent(token)}` : '';
  return `${wsUrl}workbook/live${key}`;
}

async function ask(
  app: JupyterFrontEnd,
  method: string,
  path: string,
  body: unknown
): Promise<unknown> {
  const settings = app.serviceManager.serverSettings;
  const request = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await ServerConnection.makeRequest(
    `${settings.baseUrl}workbook/${path}`,
    request,
    settings
  );
  const told = (await answer.json()) as { message?: string };
  if (!answer.ok) {
    throw new Error(told.message ?? answer.statusText);
  }
  return told;
}
