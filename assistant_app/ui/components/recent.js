// Remembers what was worked out for recent texts, up to a number of characters.
export class Recent {
  constructor(characters) {
    this.room = characters;
    this.entries = new Map();
  }

  get(key, make) {
    if (this.entries.has(key)) {
      const value = this.entries.get(key);
      this.entries.delete(key);
      this.entries.set(key, value);
      return value;
    }
    const value = make();
    this.entries.set(key, value);
    this.room -= key.length;
    for (const oldest of this.entries.keys()) {
      if (this.room >= 0 || this.entries.size === 1) break;
      this.entries.delete(oldest);
      this.room += oldest.length;
    }
    return value;
  }
}
