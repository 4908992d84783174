from fastapi import FastAPI, HTTPException

app = FastAPI()
NOTES = {7: "Pay the rent"}


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/api/notes/{number}")
def read_note(number: int, shout: bool = False) -> dict[str, str]:
    if number not in NOTES:
        raise HTTPException(404, "no such note")
    return {"note": NOTES[number].upper() if shout else NOTES[number]}
