from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grunnmur", "0010_search_index")]

    operations = [
        migrations.AddField("finding", "internal", models.BooleanField(default=False, verbose_name="internt")),
    ]
