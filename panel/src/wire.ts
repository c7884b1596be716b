/** A socket to the server that comes back by itself. It knows nothing of what is said. */

const FIRST = 500;
const LONGEST = 8000;

export class Wire {
  constructor(
    private readonly address: () => string,
    private readonly take: (message: unknown) => void,
    private readonly change: (connected: boolean) => void
  ) {
    this.connect();
  }

  /** Say something now and after every reconnection. */
  say(what: unknown): void {
    this.said = JSON.stringify(what);
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(this.said);
    }
  }

  close(): void {
    this.closed = true;
    window.clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onopen = () => {
      this.wait = FIRST;
      this.change(true);
      if (this.said !== null) {
        socket.send(this.said);
      }
    };
    socket.onmessage = event => {
      this.take(JSON.parse(String(event.data)));
    };
    socket.onclose = () => {
      if (!this.closed) {
        this.change(false);
        this.timer = window.setTimeout(() => {
          this.connect();
        }, this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST);
      }
    };
  }

  private socket: WebSocket | null = null;
  private said: string | null = null;
  private closed = false;
  private timer = 0;
  private wait = FIRST;
}
