/** What JupyterLab loads. It brings the sidebar in, and lets JupyterLab be when that fails. */

import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

const SHOW = 'container-workbook:show';
const SEEN = 'container-workbook:seen';

async function begin(
  app: JupyterFrontEnd,
  restorer: ILayoutRestorer | null,
  palette: ICommandPalette | null
): Promise<void> {
  const { Sidebar } = await import('./sidebar.js');
  const sidebar = new Sidebar(app);
  app.shell.add(sidebar, 'right', { rank: 100 });
  restorer?.add(sidebar, sidebar.id);
  const activate = (app.shell as { activateById?: (id: string) => void }).activateById;
  const show = () => activate?.call(app.shell, sidebar.id);
  app.commands.addCommand(SHOW, {
    label: 'Show the Workbook Panel',
    execute: () => {
      show();
      sidebar.node.focus();
    }
  });
  app.commands.addKeyBinding({ command: SHOW, keys: ['Accel Alt W'], selector: 'body' });
  palette?.addItem({ command: SHOW, category: 'Workbook' });
  await app.restored;
  if (localStorage.getItem(SEEN) === null) {
    localStorage.setItem(SEEN, 'yes');
    show();
  }
}

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'container-workbook:panel',
  description: 'Live progress in the lessons of the Container Workbook.',
  autoStart: true,
  optional: [ILayoutRestorer, ICommandPalette],
  activate: (app, restorer: ILayoutRestorer | null, palette: ICommandPalette | null) => {
    begin(app, restorer, palette).catch((fault: unknown) => {
      console.error('The workbook panel could not start.', fault);
    });
  }
};

export default plugin;
