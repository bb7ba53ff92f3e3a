// An empty page for draw.mjs to draw in.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));
