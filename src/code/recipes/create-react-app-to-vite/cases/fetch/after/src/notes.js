export const notes = async () => (await fetch('/notes')).json()
