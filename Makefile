serve:
	.venv/bin/python manage.py migrate -v0 && .venv/bin/python manage.py collectstatic --noinput -v0 && .venv/bin/gunicorn -c courseapp/server.py courseapp.wsgi
