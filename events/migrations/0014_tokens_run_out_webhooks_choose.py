from django.db import migrations, models

import events.models.webhooks


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0013_quotes_of_coarsened_events'),
    ]

    operations = [
        migrations.AddField(
            model_name='apitoken',
            name='expires_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='runs out'),
        ),
        migrations.AddField(
            model_name='webhook',
            name='kinds',
            field=models.JSONField(default=events.models.webhooks.all_kinds, verbose_name='what is told'),
        ),
    ]
