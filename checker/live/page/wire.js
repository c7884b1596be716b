/** A socket to the server that comes back by itself. It knows nothing of what is said. */
const FIRST = 500;
const LONGEST = 8000;
export class Wire {
    address;
    take;
    change;
    constructor(address, take, change) {
        this.address = address;
        this.take = take;
        this.change = change;
        this.connect();
    }
    /** Say something now and after every reconnection. */
    say(what) {
        this.said = JSON.stringify(what);
        if (this.socket?.readyState === WebSocket.OPEN) {
            this.socket.send(this.said);
        }
    }
    close() {
        this.closed = true;
        window.clearTimeout(this.timer);
        this.socket?.close();
    }
    connect() {
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
    socket = null;
    said = null;
    closed = false;
    timer = 0;
    wait = FIRST;
}
