// A choice of this browser alone, which the server needs for the first view: a cookie that says nothing about anybody.
export function remember(name, on) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${on ? 1 : 0}; path=/; max-age=31536000; samesite=lax${secure}`;
}
