def test_it_works(client):
    assert client.get("/").status_code == 200


def test_a_small_course_is_served(client, serve, section):
    serve(section("## Hello\n\nThere."))
    assert "Hello" in client.get("/parts/1-only/1-first/").content.decode()
