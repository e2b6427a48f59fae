// Numbers, times and states as people read them.

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
// With the time zone, which is that of the browser; days of the server are those of UTC.
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

export const count = value => number.format(value);
export const credits = value => (value == null ? '–' : number.format(value));
export const time = iso => (iso ? moment.format(new Date(iso)) : '–');
export const plural = (value, one) => `${count(value)} ${value === 1 ? one : `${one}s`}`;

// A length of time in its two largest units: "45 s", "3 min 20 s", "40 min", "2 h 10 min", "5 d 3 h".
export function duration(seconds) {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) {
        return `${s} s`;
    }
    const minutes = Math.floor(s / 60);
    if (minutes < 60) {
        return minutes < 10 && s % 60 ? `${minutes} min ${s % 60} s` : `${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    if (hours < 24) {
        return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
    }
    return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}

export const secondsBetween = (from, to) => (new Date(to) - new Date(from)) / 1000;
export const ago = (iso, now) => `${duration(secondsBetween(iso, now))} ago`;

// A rejected submit has a price, and has cost nothing.
export const price = ({ state: name, price: sum }) => (name === 'REJECTED' ? 'not paid' : credits(sum));

const STATES = {
    INTENT: 'being sent',
    UNKNOWN: 'unknown outcome',
    RUNNING: 'running',
    ENDED: 'to be delivered',
    DELIVERED: 'delivered',
    SET_ASIDE: 'set aside',
    REJECTED: 'rejected',
};

export const state = name => STATES[name] ?? name;
export const stateClass = name => `state state-${name.toLowerCase().replace('_', '-')}`;
